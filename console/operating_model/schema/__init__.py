"""The YAML of a model: what may stand where. Unknown keys are refused; `references` checks what spans several parts.

One file a component of the operating model: organization, services, sourcing, processes, governance, measurement, plan.
"""
