using System.Text.RegularExpressions;
using Nabla.Text.Corpora;

namespace Nabla.Text.Tests;

public sealed partial class WorldTests
{
    private static readonly World Town = new(new() { Seed = 7 });
    private static readonly string Train = Town.Generate(4_000_000);
    private static readonly string HeldOut = Town.Generate(200_000, WorldPart.HeldOut);
    private static readonly Dictionary<string, Person> Known =
        Town.KnownPeople.ToDictionary(p => p.Name, StringComparer.Ordinal);

    [Fact]
    public void The_same_seed_gives_the_same_world_and_another_seed_another()
    {
        var again = new World(new() { Seed = 7 });
        again.KnownPeople.ShouldBe(Town.KnownPeople);
        again.HeldOutSums.ShouldBe(Town.HeldOutSums);
        Train.ShouldStartWith(again.Generate(50_000), Case.Sensitive);
        HeldOut.ShouldStartWith(again.Generate(5_000, WorldPart.HeldOut), Case.Sensitive);
        Town.Generate(1000)
            .Equals(new World(new() { Seed = 8 }).Generate(1000), StringComparison.Ordinal).ShouldBeFalse();
    }

    [Fact]
    public void A_text_has_the_size_asked_for_in_whole_documents()
    {
        Town.Generate(0).ShouldBe("");
        string text = Town.Generate(10_000);
        text.Length.ShouldBeInRange(10_000, 10_600);
        text.ShouldEndWith(".\n\n");
        string.Concat(Town.Documents(WorldPart.Train).Take(Documents(text).Count)).ShouldBe(text);
    }

    [Fact]
    public void The_text_is_ascii_and_has_the_shares_asked_for()
    {
        Train.ShouldAllBe(c => c == '\n' || (c >= ' ' && c <= '~'));
        List<string> documents = Documents(Train);
        Share(d => d.StartsWith("Q: ", StringComparison.Ordinal)).ShouldBe(0.4, 0.02);
        Share(d => d.StartsWith("Sum: ", StringComparison.Ordinal)).ShouldBe(0.25, 0.02);

        double Share(Func<string, bool> kind) => documents.Where(kind).Sum(d => d.Length + 2) / (double)Train.Length;
    }

    [Fact]
    public void Held_out_documents_never_occur_in_training()
    {
        HashSet<string> train = [.. Documents(Train)];
        Documents(HeldOut).Where(train.Contains).ShouldBeEmpty();
        Documents(HeldOut).Count(IsStory).ShouldBeGreaterThan(100);
    }

    [Fact]
    public void Held_out_people_are_never_named_in_training()
    {
        HashSet<string> words = [.. WordPattern().Matches(Train).Select(m => m.Value)];
        Town.HeldOutPeople.Count.ShouldBe(40);
        Town.HeldOutPeople.Where(p => words.Contains(p.Name)).ShouldBeEmpty();
        Town.KnownPeople.Where(p => !words.Contains(p.Name)).ShouldBeEmpty();
    }

    [Fact]
    public void Held_out_sums_never_occur_in_training_in_either_order()
    {
        // Every "a + b =", also where it is the working of another sum.
        HashSet<(int, int)> shown = [.. AdditionPattern().Matches(Train).Select(m => (Number(m, 1), Number(m, 2)))];
        Town.HeldOutSums.Count.ShouldBeInRange(900, 1010);
        Town.HeldOutSums.Where(shown.Contains).ShouldBeEmpty();
        HashSet<(int, int)> heldOut = [.. Town.HeldOutSums];
        heldOut.Where(s => !heldOut.Contains((s.Item2, s.Item1))).ShouldBeEmpty();
        shown.Count.ShouldBeGreaterThan(8000, "nearly all other pairs are shown");
    }

    [Fact]
    public void Every_sum_is_right() =>
        SumPattern().Matches(Train + HeldOut).ShouldAllBe(m =>
            Number(m, 1) + Number(m, 2) == Number(m, 5)
            && Number(m, 1) / 10 * 10 + Number(m, 2) / 10 * 10 == Number(m, 3)
            && Number(m, 1) % 10 + Number(m, 2) % 10 == Number(m, 4));

    [Fact]
    public void Every_seen_fact_stands_in_training_as_question_with_this_answer_and_no_other()
    {
        HashSet<string> asked = [.. Documents(Train).Where(d => d.StartsWith("Q: ", StringComparison.Ordinal))];
        IReadOnlyList<Question> seen = Town.Questions(QuestionKind.SeenFact);
        seen.Count.ShouldBe(5 * 60);
        seen.Where(q => !asked.Contains(q.Prompt + q.Answer)).ShouldBeEmpty();
        HashSet<string> prompts = [.. seen.Select(q => q.Prompt)];
        asked.Count(d => prompts.Contains(d[..(d.IndexOf("A:", StringComparison.Ordinal) + 2)])).ShouldBe(seen.Count);
        asked.Count(d => d.EndsWith(World.NotKnown, StringComparison.Ordinal)).ShouldBe(asked.Count - seen.Count);
    }

    [Fact]
    public void Questions_agree_with_the_table_of_facts()
    {
        Person person = Town.KnownPeople[3];
        Question[] questions =
            [.. Town.Questions(QuestionKind.SeenFact).Where(q => q.Prompt.Contains($" {person.Name}"))];
        questions.Length.ShouldBe(5);
        questions[0].Prompt.ShouldBe($"Q: What is {person.Name}'s job?\nA:");
        questions[0].Answer.ShouldEndWith($" {person.Job}.");
        questions[1].Answer.ShouldEndWith($" {person.Street}.");
        questions[2].Answer.ShouldEndWith($" {person.Colour}.");
        questions[3].Answer.ShouldEndWith($" {person.PetKind}.");
        questions[4].Answer.ShouldEndWith($" {person.PetName}.");
        Town.Questions(QuestionKind.UnknownPerson).ShouldAllBe(q => q.Answer == " I do not know.");
        Town.Questions(QuestionKind.HeldOutSum).Count.ShouldBe(Town.HeldOutSums.Count);
    }

    [Fact]
    public void An_answer_is_right_up_to_the_line_feed()
    {
        var question = new Question(QuestionKind.HeldOutSum, "Sum: 12 + 3 =", " 10 + 5 = 15.");
        question.IsRight(" 10 + 5 = 15.\n\nSum: 1").ShouldBeTrue();
        question.IsRight(" 10 + 5 = 155.").ShouldBeFalse();
    }

    [Fact]
    public void Every_fact_is_a_claim_whomever_it_names_and_nothing_else_is()
    {
        Town.Questions(QuestionKind.SeenFact).ShouldAllBe(q => Question.Claims(q.Answer));
        foreach (string claim in (string[])[" She is a baker.\n",
            " Zzyzx lives on Mill Moon Road.\nQ:", "Ann has an oowl."])
            Question.Claims(claim).ShouldBeTrue(claim);
        string[] empty =
            ["", " ", "\n", " .", " I do not know.\n", " I do not knnow.", " qwe rty is uio.", " Anna is a",
            " 30 + 5 = 35.", " has a dog."];
        foreach (string nothing in empty)
            Question.Claims(nothing).ShouldBeFalse(nothing);
    }

    [Fact]
    public void Stories_tell_every_fact_and_never_another()
    {
        var told = new HashSet<(string, string)>();
        foreach (string story in Documents(Train).Where(IsStory))
        {
            Person hero = Known[WordPattern().Matches(story).First(m => Known.ContainsKey(m.Value)).Value];
            Check(JobPattern().Matches(story), hero.Job);
            Check(StreetPattern().Matches(story), hero.Street);
            Check(ColourPattern().Matches(story), hero.Colour);
            Check(PetPattern().Matches(story), $"{hero.PetKind} {hero.PetName}");
            foreach (Match friend in FriendPattern().Matches(story).Where(m => Known.ContainsKey(m.Groups[1].Value)))
                friend.Groups[2].Value.ShouldBe(Known[friend.Groups[1].Value].Job, story);

            void Check(MatchCollection matches, string fact)
            {
                foreach (Match match in matches)
                {
                    string.Join(' ', match.Groups.Values.Skip(1).Select(g => g.Value)).ShouldBe(fact, story);
                    told.Add((hero.Name, fact));
                }
            }
        }
        told.Count.ShouldBe(4 * Town.KnownPeople.Count, "job, street, colour and pet of everyone");
    }

    [Fact]
    public void Stories_are_grammatical_and_have_three_to_six_sentences()
    {
        foreach (string story in Documents(Train + HeldOut).Where(IsStory))
        {
            story.Count(c => c is '.' or '!').ShouldBeInRange(3, 6, story);
            story.ShouldMatch("^[A-Z].*[.!]$");
            Regex.Match(story, @"\b[Aa] [aeiou]|\b[Aa]n (?!hour)[^aeiou]|  |[{}]| [.,]|[.!] [a-z]")
                .Value.ShouldBe("", story);
            (Regex.IsMatch(story, @"\b[Ss]he\b|\b[Hh]er\b") && Regex.IsMatch(story, @"\b[Hh]e\b|\b[Hh]is\b|\bhim\b"))
                .ShouldBeFalse(story);
        }
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(100, 60)]
    public void Towns_of_any_size_work(int people, int heldOut)
    {
        var town = new World(new() { People = people, HeldOutPeople = heldOut, Stories = 1, Questions = 1, Sums = 0 });
        town.KnownPeople.Concat(town.HeldOutPeople)
            .Select(p => p.Name).Distinct(StringComparer.Ordinal).Count().ShouldBe(people + heldOut);
        town.Generate(20_000).ShouldNotContain("Sum:");
        town.Generate(2_000, WorldPart.HeldOut).ShouldNotContain("Sum:");
    }

    [Fact]
    public void Options_out_of_range_are_named() => Should.Throw<ArgumentOutOfRangeException>(
        () => new World(new() { People = 1000 })).Message.ShouldContain("People is 1000; it must be 2 to 100");

    private static bool IsStory(string document) =>
        !document.StartsWith("Q: ", StringComparison.Ordinal)
            && !document.StartsWith("Sum: ", StringComparison.Ordinal);

    private static List<string> Documents(string text) =>
        [.. text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)];

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].Value);

    [GeneratedRegex("[A-Za-z]+")]
    private static partial Regex WordPattern();

    [GeneratedRegex(@"(\d+) \+ (\d+) =")]
    private static partial Regex AdditionPattern();

    [GeneratedRegex(@"Sum: (\d+) \+ (\d+) = (\d+) \+ (\d+) = (\d+)\.")]
    private static partial Regex SumPattern();

    [GeneratedRegex(@"(?<= is an? |There is an? |Everyone knows \w+ the )(\w+)")]
    private static partial Regex JobPattern();

    [GeneratedRegex(@"(?:lives on|is on|There is an? \w+ on|went home to) (\w+ \w+)")]
    private static partial Regex StreetPattern();

    [GeneratedRegex(@"(?:likes|colour is) (\w+)")]
    private static partial Regex ColourPattern();

    [GeneratedRegex(@"(?:with an?|has an?|Her|His|\w+ and her|\w+ and his) (\w+) (?:named |is called )?([A-Z]\w+)")]
    private static partial Regex PetPattern();

    [GeneratedRegex(@"(?:met |^|[.] )([A-Z]\w+) the (\w+)")]
    private static partial Regex FriendPattern();
}
