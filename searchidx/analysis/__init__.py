"""Text analysis: from a text to its words, and from a word to the terms under which it is indexed."""
