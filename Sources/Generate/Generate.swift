/// Model to text.
