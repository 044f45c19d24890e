namespace Nabla.Formulas.Symbolics;

/// <summary>There is no derivative that a person would write down; it never leaves this namespace.</summary>
#pragma warning disable CA1064
internal sealed class NoClosedFormException : Exception;
#pragma warning restore CA1064
