namespace Nabla.Tensors.Memory;

/// <summary>Why a buffer went back to the pool.</summary>
internal enum GiveBackReason : byte
{
    /// <summary>Its scope ended.</summary>
    ScopeEnded,

    /// <summary>A backward pass had used it for the last time.</summary>
    Backward,

    /// <summary>It was a temporary of an op that had been applied.</summary>
    OpApplied,
}
