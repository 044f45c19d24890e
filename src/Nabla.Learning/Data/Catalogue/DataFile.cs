namespace Nabla.Learning.Data.Catalogue;

/// <summary>A file of a data set, and how to know it.</summary>
/// <param name="Name">Its name in the folder, or beneath it.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its SHA-256 in lower-case hexadecimal digits.</param>
public sealed record DataFile(string Name, long Bytes, string Sha256);
