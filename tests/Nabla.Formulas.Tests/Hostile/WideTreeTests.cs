using Nabla.Formulas.Articles;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Tests.Hostile;

/// <summary>What is long takes memory in proportion, not squared.</summary>
public class WideTreeTests
{
    private const int Many = 3000;
    private const long MostBytes = 10_000_000;

    private static Call Wide => new(new Symbol("f"), [.. Enumerable.Range(0, Many).Select(_ => new Symbol("x"))]);

    [Fact]
    public void Going_through_a_call_of_many_arguments_makes_its_list_of_nodes_once() =>
        Allocated(() => Wide.All().Count().ShouldBe(Many + 2)).ShouldBeLessThan(MostBytes);

    [Fact]
    public void Rewriting_a_call_of_many_arguments_makes_its_list_of_nodes_once() =>
        Allocated(() => Wide.Rewrite(node => node).ShouldBe(Wide)).ShouldBeLessThan(MostBytes);

    [Fact]
    public void A_line_of_many_equations_is_not_copied_for_each()
    {
        string text = string.Concat(Enumerable.Repeat("of a word and a word we say 1 + 2 = 3, and ", 10_000));
        Allocated(() => ArticleCheck.Run(Article.Read("a.md", text))).ShouldBeLessThan(20 * MostBytes);
    }

    private static long Allocated(Action work)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
