"""Key performance indicators: the facts behind them, and the report."""
