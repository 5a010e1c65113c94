using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Dojo.Pci.Tokenization.Crypto;

/// <summary>
/// Encrypts single blocks with AES-256 under one data key. Safe for concurrent use. Setting up a key costs thirty times as much as a block, so each
/// cipher that was set up is lent to one caller at a time, and kept until this instance is disposed.
/// </summary>
internal sealed class BlockCipher(DataKey key) : IDisposable
{
    /// <summary>The length of a block in bytes.</summary>
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
        aes.Mode = CipherMode.ECB; // a single block has no second block that could be equal
        aes.Padding = PaddingMode.None;
        aes.SetKey(key.Material);
        return new Direction(direction(aes));
    }

    /// <summary>A cipher for one direction, with the arrays that the framework requires. Not safe for concurrent use.</summary>
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
