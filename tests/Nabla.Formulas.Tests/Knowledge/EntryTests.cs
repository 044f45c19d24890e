using System.Reflection;
using System.Text.RegularExpressions;
using Nabla.Formulas.Knowledge;

namespace Nabla.Formulas.Tests.Knowledge;

/// <summary>Every entry of the knowledge base is complete, and what it points to exists.</summary>
public sealed class EntryTests
{
    private static readonly Assembly[] Libraries =
    [
        typeof(Numerics.Rng).Assembly, typeof(Tensors.Tensor).Assembly, typeof(Learning.Module).Assembly,
        typeof(Language.Sampling.Sampler).Assembly, typeof(Text.Tokenizers.Tokenizer).Assembly,
        typeof(Formula).Assembly,
    ];

    [Fact]
    public void Ids_are_words_that_occur_once()
    {
        foreach (Entry entry in KnowledgeBase.Entries)
            Regex.IsMatch(entry.Id, "^[a-z][a-z0-9_]*$").ShouldBeTrue(entry.Id);
        Repeated(KnowledgeBase.Entries.Select(entry => entry.Id)).ShouldBeEmpty();
        Repeated(KnowledgeBase.Entries.Select(entry => entry.Name)).ShouldBeEmpty();
        KnowledgeBase.Find("softmax")!.Name.ShouldBe("Softmax");
        KnowledgeBase.Find("no_such_formula").ShouldBeNull();
    }

    [Fact]
    public void All_formulas_are_read_within_a_part_of_the_memory_that_one_explanation_may_take()
    {
        string[] formulas = [.. KnowledgeBase.Entries.SelectMany(entry => entry.Formulas)];
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (string formula in formulas)
            Formula.Parse(formula);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(62_000_000);
    }

    [Fact]
    public void Every_entry_is_found_by_its_id_and_by_its_name()
    {
        foreach (Entry entry in KnowledgeBase.Entries)
        {
            KnowledgeBase.Named(entry.Id).ShouldBe([entry], entry.Id);
            KnowledgeBase.Named(entry.Name).ShouldHaveSingleItem(entry.Name);
        }
    }

    [Theory]
    [InlineData("batch normalization", "batchnorm")]
    [InlineData("Scaled Dot-Product Attention", "attention")]
    [InlineData("batch norm", "batchnorm")]
    [InlineData("expit", "sigmoid")]
    public void Capitals_hyphens_and_American_spelling_make_no_difference_to_a_name(string name, string id) =>
        KnowledgeBase.Named(name).Select(entry => entry.Id).ShouldBe([id]);

    [Fact]
    public void A_word_of_several_names_finds_them_all_and_nobodys_name_finds_nothing()
    {
        KnowledgeBase.Named("entropy of bananas").ShouldBeEmpty();
        KnowledgeBase.Named("x").ShouldBeEmpty();
        KnowledgeBase.Named("rate").Count.ShouldBeGreaterThan(1);
        KnowledgeBase.Named("rate").ShouldAllBe(entry =>
            entry.Name.Contains("rate", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Everything_that_an_entry_says_is_said_in_sentences_of_a_reasonable_length()
    {
        foreach (Entry entry in KnowledgeBase.Entries)
        {
            entry.Name.Length.ShouldBeInRange(2, 60, entry.Id);
            entry.Topic.ShouldNotBeEmpty(entry.Id);
            entry.Formulas.Count.ShouldBePositive(entry.Id);
            entry.Concepts.Count.ShouldBeInRange(2, 20, entry.Id);
            entry.Lesson.ShouldBeInRange(1, 5, entry.Id);
            entry.Source.Length.ShouldBeInRange(8, 200, entry.Id);
            foreach (string text in (string[])[entry.Meaning, entry.Intuition, entry.Pitfalls])
            {
                text.Length.ShouldBeInRange(18, 420, $"{entry.Id}: {text}");
                (text[^1] is '.' or '?').ShouldBeTrue(entry.Id);
            }
            foreach ((string name, EntrySymbol symbol) in entry.Symbols)
                (symbol.Name.Length > 1 && symbol.Role.Length > 1).ShouldBeTrue($"{entry.Id}: {name}");
        }
    }

    [Fact]
    public void Related_entries_exist_and_are_others() =>
        KnowledgeBase.Entries.SelectMany(entry => entry.Related.Where(id => id == entry.Id ||
            KnowledgeBase.Find(id) is null).Select(id => $"{entry.Id}: {id}")).ShouldBeEmpty();

    [Fact]
    public void The_class_or_member_that_computes_an_entry_exists() =>
        KnowledgeBase.Entries.Where(entry => entry.Nabla is not null && !Exists(entry.Nabla))
            .Select(entry => $"{entry.Id}: {entry.Nabla}").ShouldBeEmpty();

    private static bool Exists(string name)
    {
        if (Libraries.Any(library => library.GetType(name) is not null))
            return true;
        int dot = name.LastIndexOf('.');
        return Libraries.Select(library => library.GetType(name[..dot])).OfType<Type>()
            .Any(type => type.GetMember(name[(dot + 1)..]).Length > 0);
    }

    private static IEnumerable<string> Repeated(IEnumerable<string> words) =>
        words.GroupBy(word => word, StringComparer.Ordinal).Where(group => group.Count() > 1)
            .Select(group => group.Key);
}
