using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Dojo.Pci.Tokenization.Crypto;

/// <summary>
/// AES-256 of single blocks under one data key, for many threads. Setting up a key costs thirty times what a block does, so
/// what is set up is lent to one caller at a time and kept, and goes when this does.
/// </summary>
internal sealed class BlockCipher(DataKey key) : IDisposable
{
    /// <summary>Bytes of a block.</summary>
    public const int BlockLength = 16;

    private readonly ConcurrentBag<Direction> _encrypting = [];
    private readonly ConcurrentBag<Direction> _decrypting = [];

    /// <summary>Encrypts a block in place.</summary>
    public void Encrypt(Span<byte> block)
    {
        var cipher = _encrypting.TryTake(out var idle) ? idle : SetUp(aes => aes.CreateEncryptor());
        cipher.Transform(block);
        _encrypting.Add(cipher);
    }

    /// <summary>Decrypts a block in place.</summary>
    public void Decrypt(Span<byte> block)
    {
        var cipher = _decrypting.TryTake(out var idle) ? idle : SetUp(aes => aes.CreateDecryptor());
        cipher.Transform(block);
        _decrypting.Add(cipher);
    }

    public void Dispose()
    {
        while (_encrypting.TryTake(out var cipher) || _decrypting.TryTake(out cipher))
        {
            cipher.Dispose();
        }
    }

    private Direction SetUp(Func<Aes, ICryptoTransform> direction)
    {
        using var aes = Aes.Create();
        aes.Mode = CipherMode.ECB; // of one block: there is no second one that could be equal
        aes.Padding = PaddingMode.None;
        aes.SetKey(key.Material);
        return new Direction(direction(aes));
    }

    /// <summary>One direction, with the arrays that the framework wants for it. Not for two threads at once.</summary>
    private sealed class Direction(ICryptoTransform transform) : IDisposable
    {
        private readonly byte[] _input = new byte[BlockLength];
        private readonly byte[] _output = new byte[BlockLength];

        public void Transform(Span<byte> block)
        {
            block.CopyTo(_input);
            transform.TransformBlock(_input, 0, BlockLength, _output, 0);
            _output.CopyTo(block);
        }

        public void Dispose() => transform.Dispose();
    }
}
