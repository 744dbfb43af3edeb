"""The public door: report form, receipt, status. No desk database."""
