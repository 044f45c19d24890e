using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing;

/// <summary>How large a tree may be, so that everything that goes through it by recursion is safe.</summary>
internal static class TreeLimits
{
    private const int Deepest = 150;

    /// <summary>Refuses a tree that is too deep.</summary>
    public static void Check(Expression tree, string text)
    {
        var stack = new Stack<(Expression Node, int Depth)>([(tree, 1)]);
        while (stack.TryPop(out (Expression Node, int Depth) top))
        {
            if (top.Depth > Deepest)
                throw Errors.At($"parts lie more than {Deepest} deep", top.Node.Source.Start, "a simpler formula",
                    text);
            foreach (Expression child in top.Node.Children)
                stack.Push((child, top.Depth + 1));
        }
    }
}
