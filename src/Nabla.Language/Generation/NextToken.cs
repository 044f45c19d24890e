namespace Nabla.Language.Generation;

/// <summary>A token that may come next.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">Its text for display on one line, control characters escaped.</param>
/// <param name="Probability">p(token | text so far).</param>
public sealed record NextToken(int Id, string Text, double Probability);
