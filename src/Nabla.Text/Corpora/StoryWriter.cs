using System.Text;
using Nabla.Numerics;

namespace Nabla.Text.Corpora;

/// <summary>
/// Writes stories of three to six sentences about one person and, in most, a friend: who it is, one or two more facts,
/// what happened, how it ended. Whatever a story says of anyone is what the table of facts says.
/// </summary>
internal sealed class StoryWriter(IReadOnlyList<Person> people, Rng rng)
{
    [Flags]
    private enum Fact
    {
        Job = 1,
        Street = 2,
        Pet = 4,
        Colour = 8,
    }

    private static readonly (string Text, Fact Tells)[] Openings =
    [
        ("{name} is {a job} and lives on {street}.", Fact.Job | Fact.Street),
        ("{name} is {a job} who likes {colour}.", Fact.Job | Fact.Colour),
        ("{name} is {a job} and has {a kind} named {pet}.", Fact.Job | Fact.Pet),
        ("{name} lives on {street} with {a kind} named {pet}.", Fact.Street | Fact.Pet),
        ("{name} lives on {street} and likes {colour}.", Fact.Street | Fact.Colour),
        ("{name} likes {colour}, and so does {pet} the {kind}, {her} pet.", Fact.Colour | Fact.Pet),
        ("There is {a job} on {street}, and {her} name is {name}.", Fact.Job | Fact.Street),
        ("Everyone knows {name} the {job} and {her} {kind} {pet}.", Fact.Job | Fact.Pet),
    ];

    private static readonly (string Text, Fact Tells)[] MoreFacts =
    [
        ("{She} is {a job} and {work}.", Fact.Job),
        ("{She} is {a job}, and {she} {work}.", Fact.Job),
        ("{Her} home is on {street}.", Fact.Street),
        ("{She} lives on {street}.", Fact.Street),
        ("{She} has {a kind} named {pet}.", Fact.Pet),
        ("{Her} {kind} is called {pet}.", Fact.Pet),
        ("{She} likes {colour} best.", Fact.Colour),
        ("{Her} favourite colour is {colour}.", Fact.Colour),
    ];

    private static readonly string[] Outings =
    [
        "One {weather} {time}, {she} went to the {place} with {pet}.",
        "One {weather} {time}, {she} and {pet} walked to the {place}.",
        "On a {weather} {time}, {name} took {pet} to the {place}.",
        "It was a {weather} {time}, so {name} and {pet} went to the {place}.",
    ];

    private static readonly string[] Surprises =
    [
        "There {pet} {act}.",
        "On the way, {pet} {act}.",
        "{name} looked away, and {pet} {act}.",
        "On the path {she} found {a colour} {thing}.",
        "In the grass lay {a colour} {thing}.",
    ];

    private static readonly string[] Meetings =
    [
        "There {she} met {friend} the {friendjob}, and {friend} gave {her-object} {friendgift}.",
        "{friend} the {friendjob} was there too, and they talked for an hour.",
        "{name} gave {friend} {gift}, and {friend} smiled.",
        "{friend} came by from {friendstreet} and laughed.",
        "Then {friend} came with {friendpet} the {friendkind}, and {pet} was glad.",
    ];

    private static readonly string[] Endings =
    [
        "In the end {name} and {pet} went home to {street}.",
        "{She} went home to {street}, tired and happy.",
        "It was a good day.",
        "{name} told the story to everyone at the {place}.",
        "At night {pet} slept by the fire.",
        "{She} will not forget that {time}.",
        "What a day it was for {name} and {pet}!",
    ];

    /// <summary>One story, without a line feed at its end.</summary>
    public string Write()
    {
        Person hero = Pick(people);
        Person friend = Pick(people);
        Dictionary<string, string> words = WordsFor(hero, friend);
        var story = new List<string>();

        (string opening, Fact told) = Pick(Openings);
        story.Add(opening);
        if (!told.HasFlag(Fact.Pet)) // the pet comes along, so the reader must know it
            Tell(Fact.Pet);
        if (rng.NextInt(3) == 0)
            Tell(~told);
        story.Add(Pick(Outings));
        if (rng.NextInt(2) == 0)
            story.Add(Pick(Surprises));
        if (friend != hero && rng.NextInt(2) == 0)
            story.Add(Pick(Meetings));
        if (story.Count < 3 || (story.Count < 6 && rng.NextInt(3) < 2))
            story.Add(Pick(Endings));
        return string.Join(' ', story.Select(sentence => Fill(sentence, words)));

        void Tell(Fact oneOf)
        {
            (string text, Fact tells) = Pick([.. MoreFacts.Where(f => oneOf.HasFlag(f.Tells))]);
            story.Add(text);
            told |= tells;
        }
    }

    private Dictionary<string, string> WordsFor(Person hero, Person friend)
    {
        Words.Job job = Words.Jobs.First(j => string.Equals(j.Title, hero.Job, StringComparison.Ordinal));
        Words.Job friendJob = Words.Jobs.First(j => string.Equals(j.Title, friend.Job, StringComparison.Ordinal));
        Words.Pet pet = Words.Pets.First(p => string.Equals(p.Kind, hero.PetKind, StringComparison.Ordinal));
        return new(StringComparer.Ordinal)
        {
            ["name"] = hero.Name,
            ["she"] = hero.IsWoman ? "she" : "he",
            ["She"] = hero.IsWoman ? "She" : "He",
            ["her"] = hero.IsWoman ? "her" : "his",
            ["Her"] = hero.IsWoman ? "Her" : "His",
            ["her-object"] = hero.IsWoman ? "her" : "him",
            ["job"] = hero.Job,
            ["a job"] = Words.WithArticle(hero.Job),
            ["work"] = job.Work,
            ["gift"] = job.Gift,
            ["street"] = hero.Street,
            ["colour"] = hero.Colour,
            ["a colour"] = Words.WithArticle(hero.Colour),
            ["kind"] = hero.PetKind,
            ["a kind"] = Words.WithArticle(hero.PetKind),
            ["pet"] = hero.PetName,
            ["act"] = Pick(pet.Acts),
            ["friend"] = friend.Name,
            ["friendjob"] = friend.Job,
            ["friendgift"] = friendJob.Gift,
            ["friendstreet"] = friend.Street,
            ["friendkind"] = friend.PetKind,
            ["friendpet"] = friend.PetName,
            ["place"] = Pick(Words.Places),
            ["weather"] = Pick(Words.Weathers),
            ["time"] = Pick(Words.Times),
            ["thing"] = Pick(Words.Things),
        };
    }

    private static string Fill(string sentence, Dictionary<string, string> words)
    {
        var text = new StringBuilder(sentence.Length * 2);
        int at = 0;
        for (int open; (open = sentence.IndexOf('{', at)) >= 0;)
        {
            int close = sentence.IndexOf('}', open);
            text.Append(sentence, at, open - at).Append(words[sentence[(open + 1)..close]]);
            at = close + 1;
        }
        return text.Append(sentence, at, sentence.Length - at).ToString();
    }

    private T Pick<T>(IReadOnlyList<T> items) => items[rng.NextInt(items.Count)];
}
