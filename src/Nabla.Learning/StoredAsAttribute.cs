namespace Nabla.Learning;

/// <summary>
/// The name of a module's property in a weight file, where it is not the property's own: how a model family keeps its
/// class readable and its files in the layout that other tools expect.
/// </summary>
/// <param name="name">
/// One or more path segments, such as <c>attn.c_attn</c>; empty adds no segment. In it <c>*</c> stands for the name of
/// what is inside, and <c>#</c> for its index in a list: with <c>*_l#</c> the weights of a list's second module are
/// <c>weight_l1</c> and <c>bias_l1</c>.
/// </param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class StoredAsAttribute(string name) : Attribute
{
    /// <summary>The path segments.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// Matrices below this property are stored as [In, Out] where Nabla holds [Out, In], as in GPT-2's files.
    /// </summary>
    public bool Transposed { get; init; }
}
