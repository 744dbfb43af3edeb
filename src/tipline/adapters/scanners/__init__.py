"""Scanners of downloaded files, each in a process of its own that may be killed."""
