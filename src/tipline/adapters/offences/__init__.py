"""Offence models: their file, how they are fitted (scikit-learn), the labelled sets they learn from."""
