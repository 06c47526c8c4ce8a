"""The query language: a typed query is parsed into a tree, and the tree is planned as an engine query."""
