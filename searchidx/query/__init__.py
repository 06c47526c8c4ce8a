"""What did the reader ask for? From the typed query to the engine's, by way of a tree."""
