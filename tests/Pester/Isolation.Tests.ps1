# Beside a module that carries other versions of the same packages (spec J3): a whole campaign, in either order of import.
Describe 'Another module with other versions of the same packages' {
    BeforeAll {
        Import-Module "$PSScriptRoot/Support.psm1"
        Import-Module (Get-TestModule)
        $null = Use-Simulator (Join-Path $TestDrive 'home')

        # Empty assemblies by those names: whoever got one of them in place of its own would find none of its types.
        $packages = @(Get-ChildItem (Join-Path (Split-Path (Get-ModuleManifest)) 'lib/core') -Filter *.dll | Where-Object BaseName -NotLike 'TargoGiftbit*' |
            # What PowerShell brings itself cannot be loaded over it by anyone.
            Where-Object { -not (Test-Path (Join-Path $PSHOME $_.Name)) } | ForEach-Object BaseName)
        $other = (New-Item -ItemType Directory (Join-Path $TestDrive 'Other')).FullName
        foreach ($package in $packages) {
            $name = [Reflection.AssemblyName]::new($package)
            $name.Version = [version] '1.2.3.4'
            $assembly = [Reflection.Emit.PersistedAssemblyBuilder]::new($name, [object].Assembly)
            $null = $assembly.DefineDynamicModule($package)
            $assembly.Save((Join-Path $other "$package.dll"))
        }
        New-ModuleManifest (Join-Path $other 'Other.psd1') -RequiredAssemblies @($packages | ForEach-Object { "$_.dll" })

        $contacts = New-ContactFile $TestDrive -Count 3
        # Orders, collects, sends, asks, reports; says how far it came, and whose packages are where.
        $campaign = @'
            param($other, $own, $contacts, $id, $report, [switch] $ownFirst)
            $ErrorActionPreference = 'Stop'
            Import-Module ($ownFirst ? ($own, $other) : ($other, $own))
            function Invoke-Campaign {
                $gifts = Import-GiftContact $contacts |
                    New-GiftbitCampaign -Id $id -PriceInCents 6000 -Expiry (Get-Date).AddMonths(6) -BrandCode timhortonsca -Subject Cadeau -Message Merci |
                    Get-GiftbitShortlink -Wait | Send-GiftEmail | Update-GiftStatus -Force
                Export-GiftReport -CampaignId $id -Path $report
                "$(@($gifts).Count) gifts, $(@(Get-Gift $id -MailState Sent).Count) sent, $(@(Import-Csv $report).Count) reported"
            }
            Invoke-Campaign
            Import-Module $own
            Remove-Module TargoGiftbit
            Import-Module $own
            Invoke-Campaign
            $loaded = [AppDomain]::CurrentDomain.GetAssemblies() | Group-Object { [Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name } -AsHashTable
            "others: $(@($loaded['Default'] | Where-Object { $_.GetName().Version -eq '1.2.3.4' }).Count)"
            "mixed: $(@($loaded['TargoGiftbit'] | Where-Object { $_.GetName().Version -eq '1.2.3.4' }).Count)"
            "cores: $(@($loaded.Values | ForEach-Object { $_ } | Where-Object { $_.GetName().Name -eq 'TargoGiftbit.Core' }).Count)"
'@
    }

    It 'imported <_>: a whole campaign is ordered, sent and reported, and again after Remove-Module' -ForEach 'before', 'after' {
        $id = (New-OrderTerms).Id
        $option = $_ -eq 'after' ? ' -ownFirst' : ''
        $run = Invoke-FreshPwsh ("& {`n$campaign`n} '$other/Other.psd1' '$(Get-ModuleManifest)' '$contacts' $id '$(Join-Path $TestDrive "$id.csv")'$option")
        # The second time everything was done already: nothing is ordered or sent twice.
        $run.Text.Trim() -split "`r?`n" | Should -Be @(
            '3 gifts, 3 sent, 3 reported'
            '3 gifts, 3 sent, 3 reported'
            "others: $($packages.Count)"
            'mixed: 0'
            'cores: 1'
        )
        $packages.Count | Should -BeGreaterThan 5
        @(Get-SimulatedMail $id).Count | Should -Be 3
    }
}
