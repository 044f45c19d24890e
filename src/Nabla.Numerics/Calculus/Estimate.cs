namespace Nabla.Numerics.Calculus;

/// <summary>A number that was approximated.</summary>
/// <param name="Value">The number.</param>
/// <param name="Error">An estimate of its error, in its units.</param>
/// <param name="Evaluations">How often the function was asked.</param>
public readonly record struct Estimate(double Value, double Error, int Evaluations);
