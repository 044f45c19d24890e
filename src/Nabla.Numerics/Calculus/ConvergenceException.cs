namespace Nabla.Numerics.Calculus;

/// <summary>A numerical method ended without the accuracy that was asked for; the message says how near.</summary>
/// <param name="message">What failed, how near it came, and what to change.</param>
/// <param name="estimate">The best value so far.</param>
/// <param name="error">Its estimated error.</param>
public sealed class ConvergenceException(string message, double estimate, double error)
    : ArithmeticException(message)
{
    /// <summary>The best value so far; NaN if it is not one number.</summary>
    public double Estimate { get; } = estimate;

    /// <summary>Its estimated error, as the method measures it.</summary>
    public double Error { get; } = error;
}
