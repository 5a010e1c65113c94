using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Dojo.Pci.Tokenization.Crypto;

/// <summary>
/// Encodes a list of values so that no two different lists give the same bytes: each part is preceded by its length. Values that are authenticated
/// or hashed together are encoded with this class.
/// </summary>
internal sealed class Binding
{
    private readonly ArrayBufferWriter<byte> _bytes = new(128);

    public Binding(ReadOnlySpan<byte> label) => Add(label);

    public Binding Add(ReadOnlySpan<byte> part)
    {
        BinaryPrimitives.WriteInt32BigEndian(_bytes.GetSpan(sizeof(int)), part.Length);
        _bytes.Advance(sizeof(int));
        _bytes.Write(part);
        return this;
    }

    public Binding Add(string part) => Add(Encoding.UTF8.GetBytes(part));

    public Binding Add(long part)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, part);
        return Add(bytes);
    }

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();
}
