using System.Text;

namespace Dojo.Pci.Tokenization.Storage.Webhooks;

/// <summary>Packs many events of one subscription, in queue order, into the bytes of one row. They take a fifth of the space of their bodies.</summary>
internal static class PackedEvents
{
    /// <summary>Packs events.</summary>
    public static byte[] Pack(IReadOnlyList<PendingEvent> events)
    {
        using var packed = new MemoryStream();
        using var writer = new BinaryWriter(packed, Encoding.UTF8);
        foreach (var (id, name, at, subject) in events)
        {
            writer.Write(id);
            writer.Write(name);
            writer.Write(UnixTime.Of(at));
            writer.Write((byte)subject.Kind);
            writer.Write(subject.RecordId);
            writer.Write(subject.PaymentRecordId);
            writer.Write(subject.Status);
            writer.Write(subject.CaptureMode);
        }

        writer.Flush();
        return packed.ToArray();
    }

    /// <summary>Unpacks events.</summary>
    public static IReadOnlyList<PendingEvent> Unpack(byte[] packed)
    {
        using var reader = new BinaryReader(new MemoryStream(packed), Encoding.UTF8);
        var events = new List<PendingEvent>();
        while (reader.BaseStream.Position < packed.Length)
        {
            events.Add(new PendingEvent(reader.ReadString(), reader.ReadString(), UnixTime.ToInstant(reader.ReadInt64()), ReadSubject(reader)));
        }

        return events;
    }

    private static EventSubject ReadSubject(BinaryReader reader)
    {
        var subject = new EventSubject((EventSubjectKind)reader.ReadByte(), reader.ReadInt64())
        {
            PaymentRecordId = reader.ReadInt64(),
            Status = reader.ReadString(),
            CaptureMode = reader.ReadString(),
        };
        return Enum.IsDefined(subject.Kind) ? subject : throw new InvalidDataException("A packed event has an unknown subject.");
    }
}
