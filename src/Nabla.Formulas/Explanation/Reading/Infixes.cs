using System.Collections.Frozen;
using Nabla.Formulas.Printing;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Reading;

/// <summary>How signs such as ∪, ∧, ± and mod are read.</summary>
internal static class Infixes
{
    // Said before all operands.
    private static readonly FrozenDictionary<string, string> Heads = NameTable.Of(
        """
        ∪ union  ∩ intersection  ⊕ direct-sum  △ symmetric-difference  ‖ concatenation  ∥ concatenation
        """);

    // Said between two operands, or before a single one.
    private static readonly FrozenDictionary<string, string> Signs = NameTable.Of(
        """
        ∖ without  \ without  ∧ and  ∨ or  ± plus-or-minus  ∓ minus-or-plus  mod modulo  % modulo  ∘ after  ¬ not
        """);

    public static Phrase Read(English english, Infix infix)
    {
        if (infix.Operands.Count == 1)
        {
            Phrase only = english.Read(infix.Operands[0]).AsFactor();
            string sign = Words(Signs.GetValueOrDefault(infix.Sign, infix.Sign)) + " ";
            return new Phrase(sign + only.Text, Binding.Product, sign + only.Closed);
        }
        if (Heads.TryGetValue(infix.Sign, out string? head))
            return Phrase.Open($"the {Words(head)} of {english.List(infix.Operands)}");
        string between = $" {Words(Signs.GetValueOrDefault(infix.Sign, infix.Sign))} ";
        Phrase[] parts = [.. infix.Operands.Select(operand => english.Read(operand))];
        string begun = string.Concat(parts.SkipLast(1).Select(part => part.AsFactor().Closed + between));
        Phrase last = parts[^1].AsFactor();
        return new Phrase(begun + last.Text, Binding.Sum, begun + last.Closed);
    }

    private static string Words(string joined) => joined.Replace('-', ' ');
}
