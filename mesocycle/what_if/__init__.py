"""What-ifs side by side: what to vary, solving it anywhere, and what the differences mean."""
