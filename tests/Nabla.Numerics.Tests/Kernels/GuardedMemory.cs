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

    private readonly nint _start;
    private readonly nint _bytes;
    private readonly int _floats;

    public GuardedMemory(ReadOnlySpan<float> values)
    {
        _floats = values.Length;
        _bytes = (_floats * sizeof(float) + Page - 1) / Page * Page + Page;
        if (OperatingSystem.IsLinux())
        {
            _start = Map(0, _bytes, ReadWrite, PrivateAnonymous, -1, 0);
            if (_start == -1 || Protect(_start + _bytes - Page, Page, 0) != 0)
                throw new InvalidOperationException("mmap or mprotect failed");
        }
        else
        {
            _start = (nint)NativeMemory.Alloc((nuint)_bytes);
        }

        values.CopyTo(Span);
    }

    public Span<float> Span => new((void*)(_start + _bytes - Page - _floats * sizeof(float)), _floats);

    public void Dispose()
    {
        if (OperatingSystem.IsLinux())
            _ = Unmap(_start, _bytes);
        else
            NativeMemory.Free((void*)_start);
    }

    [DllImport("libc", EntryPoint = "mmap")]
    private static extern nint Map(nint address, nint length, int protection, int flags, int file, nint offset);

    [DllImport("libc", EntryPoint = "mprotect")]
    private static extern int Protect(nint address, nint length, int protection);

    [DllImport("libc", EntryPoint = "munmap")]
    private static extern int Unmap(nint address, nint length);
}
