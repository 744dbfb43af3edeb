"""The pages: each reads what was sent, calls one service, draws one template."""
