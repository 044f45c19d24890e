using Nabla.Formulas.Tests.Printing;

namespace Nabla.Formulas.Tests;

/// <summary>What not every machine has; a test that needs it is shown as skipped where it is absent.</summary>
internal static class Needing
{
    /// <summary>Python with NumPy.</summary>
    public const string Numpy = "NumPy";

    /// <summary>LibreOffice, which computes cells.</summary>
    public const string Office = "LibreOffice";

    /// <summary>The formulas that were given to begin with, beside the checkout.</summary>
    public const string GivenFormulas = "data/formulas.json";

    /// <summary>The articles that were given to begin with, beside the checkout.</summary>
    public const string Seeds = "seeds";

    /// <summary>Where something lies that was given beside the checkout, or null.</summary>
    public static string? PathOf(string given)
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Path.Combine(at.FullName, "shared", given) is var path && Path.Exists(path))
                return path;
        return null;
    }

    /// <summary>Why a test is skipped, or null if what it needs is there.</summary>
    public static string? Reason(string need)
    {
        bool isThere = need switch
        {
            Numpy => PythonRunner.Interpreter is not null,
            Office => ComputedCells.Office is not null,
            _ => PathOf(need) is not null,
        };
        return isThere ? null : $"{need} is not on this machine.";
    }
}

/// <summary>A test that needs something of <see cref="Needing"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactNeedingAttribute : FactAttribute
{
    public FactNeedingAttribute(string need) => Skip = Needing.Reason(need)!;
}

/// <summary>Tests of many rows that need something of <see cref="Needing"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TheoryNeedingAttribute : TheoryAttribute
{
    public TheoryNeedingAttribute(string need) => Skip = Needing.Reason(need)!;
}
