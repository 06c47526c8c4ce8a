"""What are the words of a Spanish text, and under which terms are they found?"""
