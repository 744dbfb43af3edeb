"""How things are shown: a reporter's words made safe to look at, values put into words."""
