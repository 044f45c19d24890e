using System.Runtime.CompilerServices;

namespace Nabla.Learning;

/// <summary>Checks of settings; the error names the owner, the setting and what it must be.</summary>
internal readonly struct Setting(string owner)
{
    /// <summary>A share that is kept from step to step, in [0, 1).</summary>
    public Setting Share(float value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Check(value is >= 0 and < 1, value, name, "in [0, 1)");

    /// <summary>A positive, finite number.</summary>
    public Setting Positive(float value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Check(value > 0 && float.IsFinite(value), value, name, "a finite number above 0");

    /// <summary>A finite number, 0 or more.</summary>
    public Setting NotNegative(float value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Check(value >= 0 && float.IsFinite(value), value, name, "a finite number, 0 or more");

    /// <summary>A whole number, 1 or more.</summary>
    public Setting AtLeastOne(int value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Check(value >= 1, value, name, "1 or more");

    /// <summary>Throws unless the setting is valid; the name may be the expression that reads it.</summary>
    public Setting Check(bool valid, object value, string name, string expected)
    {
        if (valid)
            return this;
        string setting = name[(name.LastIndexOf('.') + 1)..];
        throw new ArgumentOutOfRangeException(
            setting, FormattableString.Invariant($"{owner}: {setting} = {value} must be {expected}."));
    }
}
