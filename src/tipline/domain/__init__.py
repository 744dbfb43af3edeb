"""The rules, by stage: pure; no clock, no network, no files."""
