"""Walks a site within its budget and keeps what it sees, with a browser or without."""

from tipline.adapters.crawler.crawl import Plan
from tipline.adapters.crawler.folder import Folder
from tipline.adapters.crawler.opening import Eyes
from tipline.adapters.crawler.run import Run

__all__ = ["Eyes", "Folder", "Plan", "Run"]
