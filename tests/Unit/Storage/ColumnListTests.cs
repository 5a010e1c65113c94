using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Storage.SetupIntents;
using Dojo.Pci.Tokenization.Storage.Sqlite;

namespace Dojo.Pci.Tests.Unit.Storage;

public sealed class ColumnListTests
{
    private enum Place
    {
        Id,
        LastFour,
    }

    [Fact]
    public void A_column_is_called_like_its_property_in_lower_case_with_underscores()
    {
        var columns = ColumnList.Of<Row>();

        columns.Names.ShouldBe("id, last_four");
        columns.Selected.ShouldBe("id AS Id, last_four AS LastFour");
        columns.SelectedOf("k").ShouldBe("k.id AS Id, k.last_four AS LastFour");
        columns.InsertInto("cards").ShouldBe("INSERT INTO cards (id, last_four) VALUES (@Id, @LastFour)");
    }

    [Fact]
    public void An_enumeration_names_columns_and_their_places()
    {
        var columns = ColumnList.OfEnum<Place>();

        columns.Names.ShouldBe("id, last_four");
        columns.Places.ShouldBe("?1, ?2");
        columns.NameOf(Place.LastFour).ShouldBe("last_four");
    }

    [Fact]
    public void A_setup_intent_is_read_by_place_and_by_name_from_the_same_columns() =>
        SetupIntentRow.Columns.Selected.ShouldBe(ColumnList.Of<SetupIntentRow>().Selected);

    [Fact]
    public void What_a_row_only_works_out_is_no_column() => SetupIntentRow.Columns.Names.ShouldNotContain("tenant");

    private sealed record Row
    {
        public required long Id { get; init; }

        public required string LastFour { get; init; }

        public string Shown => $"…{LastFour}";
    }
}
