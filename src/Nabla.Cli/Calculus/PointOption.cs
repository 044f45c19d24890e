using System.CommandLine;
using Nabla.Formulas;
using Nabla.Formulas.Evaluation;

namespace Nabla.Cli.Calculus;

/// <summary>Values of names on a command line: <c>x=3,y=2</c>, <c>x=3 y=2</c>, <c>w=[1,2] b=0.5</c>.</summary>
internal static class PointOption
{
    /// <summary>An option that takes such values.</summary>
    public static Option<string[]> Named(string name, string help) => new(name)
    {
        Description = help,
        HelpName = "NAME=VALUE,…",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>The argument for the formula, which options before it may have swallowed.</summary>
    public static Argument<string?> Formula() => new("FORMULA")
    {
        Description = "A formula in LaTeX, Unicode or as typed, as in 'x^2 + 2*x*y + y^2'",
        Arity = ArgumentArity.ZeroOrOne,
        DefaultValueFactory = _ => null,
    };

    /// <summary>
    /// What was asked: the formula, and the words of each option. A last word of an option that binds nothing is the
    /// formula, <c>--at x=3 'x^2'</c>.
    /// </summary>
    public static (Formula Formula, string[][] Words) Read(
        Session session, NablaCommand command, Argument<string?> formula, params Option<string[]>[] options)
    {
        string[][] words = [.. options.Select(option => session.Get(option) ?? [])];
        string? text = session.Get(formula);
        for (int i = 0; i < words.Length && text is null; i++)
            if (words[i] is [.., var last] && !IsBinding(last))
                (text, words[i]) = (last, words[i][..^1]);
        return text is null
            ? throw new UsageException($"'{command.FullName}' needs FORMULA: a formula in quotes. "
                + $"See '{command.FullName} --help'.")
            : (Nabla.Formulas.Formula.Parse(text), words);
    }

    /// <summary>The values by their names, given by an option.</summary>
    /// <exception cref="FormulaException">A word binds nothing, or a name is bound twice.</exception>
    public static Bindings Bind(string option, IEnumerable<string> words) =>
        Bindings.Read(option, [.. words.SelectMany(Split)]);

    private static bool IsBinding(string word) => word.IndexOf('=', StringComparison.Ordinal) is var sign and > 0
        && word[..sign].All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '+' or '\\');

    // At the commas that are in no brackets.
    private static IEnumerable<string> Split(string word)
    {
        int depth = 0, start = 0;
        for (int i = 0; i <= word.Length; i++)
            if (i == word.Length || (word[i] == ',' && depth == 0))
            {
                if (!string.IsNullOrWhiteSpace(word[start..i]))
                    yield return word[start..i].Trim();
                start = i + 1;
            }
            else
            {
                depth += word[i] is '[' ? 1 : word[i] is ']' ? -1 : 0;
            }
    }
}
