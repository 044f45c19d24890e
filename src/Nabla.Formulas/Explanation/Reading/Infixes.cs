using System.Collections.Frozen;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Reading;

/// <summary>How signs such as ∪, ∧, ± and mod are read.</summary>
internal static class Infixes
{
    private static readonly FrozenDictionary<string, string> Heads = new Dictionary<string, string>
    {
        ["∪"] = "the union of",
        ["∩"] = "the intersection of",
        ["⊕"] = "the direct sum of",
        ["△"] = "the symmetric difference of",
        ["‖"] = "the concatenation of",
        ["∥"] = "the concatenation of",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> Between = new Dictionary<string, string>
    {
        ["∖"] = "without", ["\\"] = "without", ["∧"] = "and", ["∨"] = "or", ["±"] = "plus or minus",
        ["∓"] = "minus or plus", ["mod"] = "modulo", ["%"] = "modulo", ["∘"] = "after", ["≫"] = "shifted right by",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> Before = new Dictionary<string, string>
    {
        ["¬"] = "not", ["±"] = "plus or minus", ["∓"] = "minus or plus",
    }.ToFrozenDictionary();

    public static Phrase Read(English english, Infix infix)
    {
        if (infix.Operands.Count == 1)
        {
            Phrase only = english.Read(infix.Operands[0]).AsFactor();
            string sign = Before.GetValueOrDefault(infix.Sign, infix.Sign) + " ";
            return new Phrase(sign + only.Text, Binding.Product, sign + only.Closed);
        }
        if (Heads.GetValueOrDefault(infix.Sign) is { Length: > 0 } head)
            return Phrase.Open($"{head} {english.List(infix.Operands)}");
        string between = $" {Between.GetValueOrDefault(infix.Sign, infix.Sign)} ";
        Phrase[] parts = [.. infix.Operands.Select(operand => english.Read(operand))];
        string begun = string.Concat(parts.SkipLast(1).Select(part => part.AsFactor().Closed + between));
        Phrase last = parts[^1].AsFactor();
        return new Phrase(begun + last.Text, Binding.Sum, begun + last.Closed);
    }
}
