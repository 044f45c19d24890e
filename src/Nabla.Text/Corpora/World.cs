using System.Text;
using Nabla.Numerics;

namespace Nabla.Text.Corpora;

/// <summary>
/// The corpus that Nabla carries with it: a small town, made from a seed, whose people, jobs, streets, colours and pets
/// are facts in a table. Its text has stories that tell those facts, questions about them, and sums of two numbers
/// below 100, each document followed by an empty line, all ASCII. Some stories, people and sums are held out, so that
/// one can measure what a model learned and what it makes up.
/// </summary>
/// <example><code>
/// var world = new World(new() { Seed = 1 });
/// string text = world.Generate(4_000_000);                     // to learn from
/// foreach (Question q in world.Questions(QuestionKind.SeenFact))
///     right += q.IsRight(model.Complete(q.Prompt)) ? 1 : 0;
/// </code></example>
public sealed class World
{
    /// <summary>The answer to a question about someone the town does not know.</summary>
    public const string NotKnown = "I do not know.";

    private const int Numbers = 100;

    // Characters of a document of each kind on average, its empty line included: shares are of characters.
    private const double MeanStory = 206, MeanQuestion = 54, MeanSum = 30;

    private readonly WorldOptions options;
    private readonly Rng rng;
    private readonly string[] strangers;
    private readonly bool[,] isHeldOutSum = new bool[Numbers, Numbers];

    /// <summary>Makes the town.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
    public World(WorldOptions? options = null)
    {
        this.options = options ?? new WorldOptions();
        this.options.Validate();
        rng = new Rng(this.options.Seed);

        Rng facts = rng.Fork(1);
        (string Name, bool IsWoman)[] names =
            [.. Words.Women.Select(n => (n, true)), .. Words.Men.Select(n => (n, false))];
        facts.Shuffle(names.AsSpan());
        string[] petNames = [.. Words.PetNames];
        facts.Shuffle(petNames.AsSpan());
        int known = this.options.People, heldOut = this.options.HeldOutPeople;
        Person[] people =
            [.. names.Take(known + heldOut).Select((n, i) => MakePerson(n, petNames[i % petNames.Length], facts))];
        KnownPeople = people[..known];
        HeldOutPeople = people[known..];
        strangers = [.. names.Skip(known + heldOut).Select(n => n.Name)];
        HeldOutSums = HoldOutSums(rng.Fork(2));
    }

    /// <summary>The people whose facts the text tells.</summary>
    public IReadOnlyList<Person> KnownPeople { get; }

    /// <summary>People whose names the training text never has.</summary>
    public IReadOnlyList<Person> HeldOutPeople { get; }

    /// <summary>The pairs whose sum the training text never has; with (A, B) always (B, A).</summary>
    public IReadOnlyList<(int A, int B)> HeldOutSums { get; }

    /// <summary>
    /// Documents without end, the same each time: for <see cref="WorldPart.Train"/> stories, questions about known
    /// people and strangers, and sums; for <see cref="WorldPart.HeldOut"/> stories, questions and sums that are never
    /// there.
    /// </summary>
    public IEnumerable<string> Documents(WorldPart part)
    {
        Rng draw = rng.Fork(part == WorldPart.Train ? 3 : 4);
        var stories = new StoryWriter(KnownPeople, draw);
        double story = options.Stories / MeanStory;
        double question = options.Questions / MeanQuestion;
        double sum = options.Sums / MeanSum;
        while (true)
        {
            double kind = draw.NextDouble() * (story + question + sum);
            yield return (kind < story ? NextStory(stories, part)
                : kind < story + question ? NextQuestion(draw, part)
                : NextSum(draw, part)) + "\n\n";
        }
    }

    /// <summary>The first documents of a part, as many as it takes to reach <paramref name="bytes"/> bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bytes"/> is negative.</exception>
    public string Generate(int bytes, WorldPart part = WorldPart.Train)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        var text = new StringBuilder();
        if (bytes > 0)
        {
            foreach (string document in Documents(part))
            {
                text.Append(document);
                if (text.Length >= bytes) // ASCII: a byte a character
                    break;
            }
        }
        return text.ToString();
    }

    /// <summary>All questions of one kind.</summary>
    public IReadOnlyList<Question> Questions(QuestionKind kind) => kind switch
    {
        QuestionKind.SeenFact =>
            [.. KnownPeople.SelectMany(p => p.Facts()).Select(f => Ask(kind, f.Question, f.Answer))],
        QuestionKind.UnknownPerson =>
            [.. HeldOutPeople.SelectMany(p => p.Facts()).Select(f => Ask(kind, f.Question, NotKnown))],
        QuestionKind.HeldOutSum =>
            [.. HeldOutSums.Select(s => new Question(kind, $"Sum: {s.A} + {s.B} =", $" {Work(s.A, s.B)}"))],
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static Question Ask(QuestionKind kind, string question, string answer) =>
        new(kind, Prompt(question), $" {answer}");

    private static string Prompt(string question) => $"Q: {question}\nA:";

    private static Person MakePerson((string Name, bool IsWoman) who, string petName, Rng rng) => new(
        who.Name,
        who.IsWoman,
        Pick(Words.Jobs, rng).Title,
        Pick(Words.Streets, rng),
        Pick(Words.Colours, rng),
        Pick(Words.Pets, rng).Kind,
        petName);

    private List<(int A, int B)> HoldOutSums(Rng draw)
    {
        (int A, int B)[] pairs =
        [
            .. from a in Enumerable.Range(0, Numbers)
               from b in Enumerable.Range(a, Numbers - a)
               where !IsWorking(a, b) && !IsWorking(b, a)
               select (a, b),
        ];
        draw.Shuffle(pairs.AsSpan());
        var heldOut = new List<(int A, int B)>();
        foreach ((int a, int b) in pairs.Take((int)Math.Round(options.HeldOutSums * pairs.Length)))
        {
            isHeldOutSum[a, b] = isHeldOutSum[b, a] = true;
            heldOut.Add((a, b));
            if (a != b)
                heldOut.Add((b, a));
        }
        return heldOut;
    }

    private static string NextStory(StoryWriter stories, WorldPart part)
    {
        string story;
        do
            story = stories.Write();
        while (IsHeldOut(story) != (part == WorldPart.HeldOut));
        return story;
    }

    // One story in twenty, by its text (FNV-1a), so that no story can be in both parts.
    private static bool IsHeldOut(string story)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in story)
            hash = unchecked((hash ^ c) * 1099511628211);
        return (hash >> 32) % 20 == 0;
    }

    private string NextQuestion(Rng draw, WorldPart part)
    {
        Person person = part == WorldPart.HeldOut ? Pick(HeldOutPeople, draw) : Pick(KnownPeople, draw);
        bool isStranger = part == WorldPart.Train && draw.NextDouble() < options.StrangerQuestions;
        if (isStranger)
            person = person with { Name = Pick(strangers, draw) };
        (string question, string answer) = Pick([.. person.Facts()], draw);
        bool isKnown = part == WorldPart.Train && !isStranger;
        return $"{Prompt(question)} {(isKnown ? answer : NotKnown)}";
    }

    private string NextSum(Rng draw, WorldPart part)
    {
        if (part == WorldPart.HeldOut)
        {
            (int a, int b) = Pick(HeldOutSums, draw);
            return Sum(a, b);
        }
        while (true)
        {
            int a = draw.NextInt(Numbers), b = draw.NextInt(Numbers);
            if (!isHeldOutSum[a, b])
                return Sum(a, b);
        }
    }

    private static string Sum(int a, int b) => $"Sum: {a} + {b} = {Work(a, b)}";

    // Whether "a + b =" may stand in the working of another sum: whole tens and the sum of two digits.
    private static bool IsWorking(int a, int b) => a % 10 == 0 && b <= 18;

    // Tens and ones first, as children learn it: each number that is written follows from two that stand nearby.
    private static string Work(int a, int b)
    {
        int ones = a % 10 + b % 10;
        return $"{a + b - ones} + {ones} = {a + b}.";
    }

    private static T Pick<T>(IReadOnlyList<T> items, Rng rng) => items[rng.NextInt(items.Count)];
}
