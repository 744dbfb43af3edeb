"""Builds files from scratch: apps, programs and archives that look like what they are not, and do nothing."""
