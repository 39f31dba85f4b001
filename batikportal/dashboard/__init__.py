"""The dashboard's own thinking: what period is meant, what the figures say, who must act. No page, no request."""
