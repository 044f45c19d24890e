namespace Nabla.Text.Corpora;

/// <summary>What a right answer to a <see cref="Question"/> shows.</summary>
public enum QuestionKind
{
    /// <summary>Recall: the training text tells this fact.</summary>
    SeenFact,

    /// <summary>
    /// Honesty: nobody told the model about this person, so the answer is <see cref="World.NotKnown"/>.
    /// </summary>
    UnknownPerson,

    /// <summary>Arithmetic: the training text never shows this sum, in neither order.</summary>
    HeldOutSum,
}

/// <summary>
/// Something to ask a model. <c>Prompt + Answer</c> is how such a document stands in the text, up to the end of the
/// line; a model is scored by completing the prompt greedily up to the line feed.
/// </summary>
/// <param name="Kind">What a right answer shows.</param>
/// <param name="Prompt">What the model is given; it does not end with a space.</param>
/// <param name="Answer">The only right completion, with the space it begins with and without a line feed.</param>
public sealed record Question(QuestionKind Kind, string Prompt, string Answer)
{
    /// <summary>
    /// Whether a completion, cut at its first line feed, is the answer; spaces around it do not matter.
    /// </summary>
    public bool IsRight(string completion) =>
        string.Equals(FirstLine(completion), Answer.Trim(), StringComparison.Ordinal);

    /// <summary>
    /// Whether a completion, cut at its first line feed, tells a fact about someone, true or not: a whole sentence such
    /// as "Anna is a baker.". "I do not know.", nothing, and what is no such sentence claim nothing.
    /// </summary>
    public static bool Claims(string completion) => Person.TellsFact(FirstLine(completion));

    private static string FirstLine(string completion) => completion.Split('\n', 2)[0].Trim();
}
