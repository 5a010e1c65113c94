using System.Buffers.Binary;
using System.Data.Common;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Dojo.Pci.Tokenization.Storage.Copying;

/// <summary>A digest of a sequence of rows: SHA-256 over the type, length and bytes of each value. Both engines give the same digest for the same rows.</summary>
internal sealed class TableDigest : IDisposable
{
    private const byte None = 0;
    private const byte Number = 1;
    private const byte Text = 2;
    private const byte Bytes = 3;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _utf8 = new byte[1024];

    /// <summary>The number of rows in the digest.</summary>
    public long Rows { get; private set; }

    /// <summary>The number of bytes in these rows.</summary>
    public long Length { get; private set; }

    /// <summary>The digest of the rows so far.</summary>
    public byte[] Current => _hash.GetCurrentHash();

    /// <summary>Adds the current row of a reader.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="values">Receives the row's values.</param>
    public void Add(DbDataReader reader, object[] values)
    {
        reader.GetValues(values);
        foreach (var value in values)
        {
            Add(value);
        }

        Rows++;
    }

    public void Dispose() => _hash.Dispose();

    private void Add(object value)
    {
        switch (value)
        {
            case DBNull:
                Add(None, default);
                break;
            case long number:
                Span<byte> bytes = stackalloc byte[sizeof(long)];
                BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
                Add(Number, bytes);
                break;
            case string text:
                if (Encoding.UTF8.GetMaxByteCount(text.Length) > _utf8.Length)
                {
                    _utf8 = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
                }

                Add(Text, _utf8.AsSpan(0, Encoding.UTF8.GetBytes(text, _utf8)));
                break;
            case byte[] blob:
                Add(Bytes, blob);
                break;
            default:
                throw new InvalidOperationException($"Values of the type {value.GetType().Name} are not copied.");
        }
    }

    private void Add(byte type, ReadOnlySpan<byte> bytes)
    {
        var (kind, length) = (type, bytes.Length);
        _hash.AppendData(MemoryMarshal.CreateReadOnlySpan(ref kind, 1));
        _hash.AppendData(MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(ref length, 1)));
        _hash.AppendData(bytes);
        Length += bytes.Length;
    }
}
