"""The lexical view: counts of n-grams, stems and themes, and what each word has in them."""
