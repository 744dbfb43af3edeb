-- Each node that has a link is a group of its own at first.
SELECT a AS node, a AS head FROM ends UNION SELECT b AS node, b AS head FROM ends
