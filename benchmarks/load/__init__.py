"""Parts that the measurements and the fault tests share: what is sent, who sends it, what was kept."""
