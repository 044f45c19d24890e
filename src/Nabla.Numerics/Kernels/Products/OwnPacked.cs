namespace Nabla.Numerics.Kernels.Products;

/// <summary>
/// What a thread has packed of a block so far: the last of the outer groups, and any of the inner ones.
/// </summary>
internal struct OwnPacked
{
    private int afterOuter;
    private ulong inner;

    /// <summary>
    /// Notes an outer group, which takes the place of the one before; false when it was there already.
    /// </summary>
    public bool SetOuter(int group)
    {
        bool isNew = afterOuter != group + 1;
        afterOuter = group + 1;
        return isNew;
    }

    /// <summary>Notes one of at most 64 inner groups; false when it was there already.</summary>
    public bool AddInner(int group)
    {
        ulong before = inner;
        inner |= 1UL << group;
        return inner != before;
    }
}
