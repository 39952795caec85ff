namespace MfaPlan.State.Tests.Stores;

public sealed class BlobKeyContractTests : KeyContract
{
    protected override async Task<IStorePlace> NewAsync() => await BlobContainer.NewAsync(init: false);
}
