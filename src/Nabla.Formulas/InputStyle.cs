namespace Nabla.Formulas;

/// <summary>The way a formula was written; of a mixture, what there is most of.</summary>
public enum InputStyle
{
    /// <summary>LaTeX: <c>\frac{1}{N} \sum_{i=1}^{N}</c>.</summary>
    Latex,

    /// <summary>Unicode: <c>softmax(QKᵀ/√d_k)V</c>.</summary>
    Unicode,

    /// <summary>As typed on a keyboard: <c>y_hat = w^T x + b</c>.</summary>
    Ascii,
}
