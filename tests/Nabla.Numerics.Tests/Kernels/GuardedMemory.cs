using System.Runtime.InteropServices;

namespace Nabla.Numerics.Tests.Kernels;

/// <summary>
/// Floats that end right before a page that may not be touched, so that reading or writing past them ends the process
/// (Linux; elsewhere plain memory).
/// </summary>
internal sealed unsafe class GuardedMemory : IDisposable
{
    private const int Page = 1 << 16;
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;

    private readonly nint start;
    private readonly nint bytes;
    private readonly int floats;

    public GuardedMemory(ReadOnlySpan<float> values)
    {
        floats = values.Length;
        bytes = (floats * sizeof(float) + Page - 1) / Page * Page + Page;
        if (OperatingSystem.IsLinux())
        {
            start = Map(0, bytes, ReadWrite, PrivateAnonymous, -1, 0);
            if (start == -1 || Protect(start + bytes - Page, Page, 0) != 0)
                throw new InvalidOperationException("mmap or mprotect failed");
        }
        else
        {
            start = (nint)NativeMemory.Alloc((nuint)bytes);
        }

        values.CopyTo(Span);
    }

    public Span<float> Span => new((void*)(start + bytes - Page - floats * sizeof(float)), floats);

    public void Dispose()
    {
        if (OperatingSystem.IsLinux())
            _ = Unmap(start, bytes);
        else
            NativeMemory.Free((void*)start);
    }

    [DllImport("libc", EntryPoint = "mmap")]
    private static extern nint Map(nint address, nint length, int protection, int flags, int file, nint offset);

    [DllImport("libc", EntryPoint = "mprotect")]
    private static extern int Protect(nint address, nint length, int protection);

    [DllImport("libc", EntryPoint = "munmap")]
    private static extern int Unmap(nint address, nint length);
}
