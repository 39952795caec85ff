namespace MfaPlan.Core.Text;

/// <summary>A place as people count: line and column, both from 1.</summary>
public readonly record struct LinePosition(int Line, int Column);
