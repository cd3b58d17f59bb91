"""An answer of the model as a plan that reads well."""
