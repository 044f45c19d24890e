using System.Text.RegularExpressions;

namespace Nabla.Text.Corpora;

/// <summary>One person of the town: a row in the table of facts.</summary>
/// <param name="Name">The first name; nobody else in the town has it.</param>
/// <param name="IsWoman">Whether stories say she or he.</param>
/// <param name="Job">The job, <c>baker</c> for example.</param>
/// <param name="Street">The street of the home, <c>Mill Lane</c> for example.</param>
/// <param name="Colour">The favourite colour.</param>
/// <param name="PetKind">The kind of pet, <c>dog</c> for example.</param>
/// <param name="PetName">The name of the pet.</param>
public sealed partial record Person(
    string Name, bool IsWoman, string Job, string Street, string Colour, string PetKind, string PetName)
{
    /// <summary>The five questions that can be asked about anyone, and the answers for this person.</summary>
    internal IEnumerable<(string Question, string Answer)> Facts() =>
    [
        ($"What is {Name}'s job?", $"{Name} is {Words.WithArticle(Job)}."),
        ($"Where does {Name} live?", $"{Name} lives on {Street}."),
        ($"What colour does {Name} like?", $"{Name} likes {Colour}."),
        ($"What pet does {Name} have?", $"{Name} has {Words.WithArticle(PetKind)}."),
        ($"What is the name of {Name}'s pet?", $"{Name}'s pet is {PetName}."),
    ];

    /// <summary>Whether a sentence tells something of the kind that <see cref="Facts"/> answers, of whomever.</summary>
    internal static bool TellsFact(string sentence) => Fact().IsMatch(sentence);

    [GeneratedRegex(@"^\S+( is an?| lives on| likes| has an?|'s pet is) \S.*\.$")]
    private static partial Regex Fact();
}
