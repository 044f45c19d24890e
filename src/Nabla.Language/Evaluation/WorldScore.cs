using Nabla.Text.Corpora;

namespace Nabla.Language.Evaluation;

/// <summary>What a model learned of a <see cref="World"/>, and what it makes up.</summary>
/// <param name="HeldOut">How well it predicts documents it never saw.</param>
/// <param name="Sums">Sums it never saw that it gets right, digit for digit.</param>
/// <param name="Facts">Facts it saw that it recalls, word for word.</param>
/// <param name="Invented">
/// Questions about people it never saw that it answers with a fact about someone; see <see cref="Question.Claims"/>.
/// </param>
public sealed record WorldScore(EvaluationResult HeldOut, Tally Sums, Tally Facts, Tally Invented);
