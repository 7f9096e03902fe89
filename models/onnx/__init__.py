"""Bundles as ONNX models."""
